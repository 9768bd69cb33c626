// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";
import {EmissionController} from "../emissions/EmissionController.sol";
import {NetworkToken} from "../token/NetworkToken.sol";

/**
 * Rewards by a tree of what everybody has earned since the start: one root an epoch, whatever the number of providers, and each claims against
 * the last one whenever it likes.
 */
contract MerkleRewards {
    using SafeERC20 for NetworkToken;

    error NotOracle(address caller);
    error EpochClosed(uint32 epoch, uint32 nextEpoch);
    error CreditTooLarge(uint256 creditedWei, uint256 carriedWei);
    error InvalidProof(address provider, uint256 earnedWei);
    error NothingAccrued(address provider);
    error RootOverdrawn(uint256 claimedWei, uint256 creditedWei);

    event Published(uint32 indexed epoch, bytes32 root, uint256 creditedWei);
    event Claimed(address indexed provider, uint256 amountWei);

    NetworkToken public immutable token;
    EmissionController public immutable emissions;
    address public immutable oracle;

    bytes32 public root;
    /// Roots of epochs below this one are published, or never will be.
    uint32 public nextEpoch;
    /// Emitted and in no root yet.
    uint256 public carriedWei;
    /// In roots, claimed or not.
    uint256 public creditedWei;
    uint256 public claimedTotalWei;
    mapping(address provider => uint256) public claimedWei;

    constructor(NetworkToken token_, EmissionController emissions_, address oracle_) {
        token = token_;
        emissions = emissions_;
        oracle = oracle_;
    }

    modifier onlyOracle() {
        if (msg.sender != oracle) revert NotOracle(msg.sender);
        _;
    }

    function release(uint32 epoch, uint256 verifiedMillis) external onlyOracle {
        carriedWei += emissions.release(epoch, verifiedMillis);
    }

    /// A root can hand out what was emitted and no more.
    function publish(uint32 epoch, bytes32 root_, uint256 creditedWei_) external onlyOracle {
        if (epoch < nextEpoch) revert EpochClosed(epoch, nextEpoch);
        if (creditedWei_ > carriedWei) revert CreditTooLarge(creditedWei_, carriedWei);

        nextEpoch = epoch + 1;
        root = root_;
        carriedWei -= creditedWei_;
        creditedWei += creditedWei_;
        emit Published(epoch, root_, creditedWei_);
    }

    /// `earnedWei` is the sender's sum since the start, as it stands in the tree.
    function claim(uint128 earnedWei, bytes32[] calldata proof) external {
        if (!MerkleProof.verifyCalldata(proof, root, leafOf(msg.sender, earnedWei))) revert InvalidProof(msg.sender, earnedWei);
        if (earnedWei <= claimedWei[msg.sender]) revert NothingAccrued(msg.sender);

        uint256 amountWei = earnedWei - claimedWei[msg.sender];
        claimedWei[msg.sender] = earnedWei;
        claimedTotalWei += amountWei;
        // A tree whose leaves are more than its credit must not eat into what is carried for others.
        if (claimedTotalWei > creditedWei) revert RootOverdrawn(claimedTotalWei, creditedWei);
        token.safeTransfer(msg.sender, amountWei);
        emit Claimed(msg.sender, amountWei);
    }

    /// 36 bytes, so that no pair of nodes, which has 64, is ever taken for a leaf.
    function leafOf(address provider, uint128 earnedWei) public pure returns (bytes32) {
        return keccak256(abi.encodePacked(provider, earnedWei));
    }

    /// What a provider can claim stands in the tree, and not here.
    function accruedWei(address) external pure returns (uint256) {
        return 0;
    }

    /// Credit that is not claimed, what is carried, then what each has claimed.
    function read(address[] calldata providers) external view returns (uint256[] memory words) {
        words = new uint256[](2 + providers.length);
        words[0] = creditedWei - claimedTotalWei;
        words[1] = carriedWei;
        for (uint256 i = 0; i < providers.length; i++) words[2 + i] = claimedWei[providers[i]];
    }
}
